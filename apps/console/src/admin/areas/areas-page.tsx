import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { adminTexts, borderTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Tabs } from 'antd';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { AreaBrowser } from './area-browser.tsx';
import { Drafts } from './editor/drafts.tsx';
import { Versions } from './versions.tsx';

const route = getRouteApi('/admin/areas');

/** The tree of areas with its map; versions of the borders and the import of new ones. */
export function AreasPage() {
  const t = useTexts(adminTexts).areas;
  const drafts = useTexts(borderTexts).tab;
  const may = useMay();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/admin/areas' });
  const areas = (
    <AreaBrowser
      selectedId={search.id ?? null}
      onSelect={(id) => void navigate({ search: id === null ? {} : { id }, replace: true })}
    />
  );
  const tools = may('areas.print-signs') ? (
    <a
      className="wg-button link-button"
      href={search.id ? `/signs/all?areaId=${search.id}` : '/signs/all'}
      target="_blank"
      rel="noopener"
    >
      {t.signs}
    </a>
  ) : null;
  return (
    <Page title={t.title} tools={tools}>
      {may('areas.read-versions') ? (
        <Tabs
          activeKey={search.tab === 'versions' || (search.tab === 'drafts' && may('areas.edit')) ? search.tab : 'areas'}
          onChange={(tab) => void navigate({ search: tab === 'areas' ? {} : { tab }, replace: true })}
          destroyOnHidden
          items={[
            { key: 'areas', label: t.tabs.areas, children: areas },
            ...(may('areas.edit')
              ? [
                  {
                    key: 'drafts',
                    label: drafts,
                    children: (
                      <Drafts
                        openId={search.id ?? null}
                        onOpen={(id) => void navigate({ search: { tab: 'drafts', ...(id === null ? {} : { id }) } })}
                      />
                    ),
                  },
                ]
              : []),
            { key: 'versions', label: t.tabs.versions, children: <Versions /> },
          ]}
        />
      ) : (
        areas
      )}
    </Page>
  );
}
