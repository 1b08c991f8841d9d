import type { Place } from '@wangge/contract-kit';
import { fieldOutboxTexts, fieldReportTexts, fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { Switch } from 'antd-mobile';
import { useCallback, useState, type ReactNode } from 'react';
import type { Draft } from '../drafts/use-draft.ts';
import type { DraftPhoto } from '../photos/draft-photo.ts';
import { PhotoInput } from '../photos/photo-input.tsx';
import { ConfirmSheet } from '../shell/confirm-sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';
import { useCategories } from '../tasks/use-categories.ts';
import { AlikeCard } from './alike-card.tsx';
import { CategoryField } from './category-field.tsx';
import { reportFaults, type ReportFault } from './check-report.ts';
import { PlaceField } from './place-field.tsx';
import { isEmptyReport, type PlaceSource, type ReportDraft } from './report-draft.ts';
import { SubmitBar } from './submit-bar.tsx';
import type { useSendReport } from './use-send-report.ts';

interface Props {
  readonly value: ReportDraft;
  readonly draft: Draft<ReportDraft>;
  readonly sending: ReturnType<typeof useSendReport>;
  /** Begin another one; this one stays as a draft. */
  readonly onFresh: () => void;
  /** Above the fields. */
  readonly children?: ReactNode;
}

/** Photo, place, category, words: in the order in which one stands before it. */
export function ReportForm({ value, draft, sending, onFresh, children }: Props) {
  const t = useTexts(fieldReportTexts);
  const shell = useTexts(fieldShellTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const { categories } = useCategories();
  const [tried, setTried] = useState(false);
  const [preparing, setPreparing] = useState(false);
  const [asksClear, setAsksClear] = useState(false);
  const { change } = draft;

  const set = (part: Partial<ReportDraft>): void => change((now) => ({ ...now, ...part }));
  const setPlace = useCallback(
    (place: Place, placeSource: PlaceSource) => change((now) => ({ ...now, place, placeSource })),
    [change],
  );
  const setPhotos = (step: (now: readonly DraftPhoto[]) => readonly DraftPhoto[]): void =>
    change((now) => {
      const photos = step(now.photos);
      const taken = photos.find((photo) => photo.place !== null)?.place ?? null;
      // Where nothing better is known, the photo knows.
      return now.place === null && taken !== null
        ? { ...now, photos, place: taken, placeSource: 'photo' }
        : { ...now, photos };
    });
  const missing = reportFaults(
    value,
    categories.find(({ code }) => code === value.categoryCode),
  );
  const faults: readonly ReportFault[] = tried ? missing : [];
  const submit = (): void => {
    setTried(missing.length > 0);
    if (missing.length === 0) sending.send(value);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      noValidate
    >
      <div className="report-fields">
        {children}
        <fieldset disabled={sending.busy} className="plain-fieldset">
          <div className="card">
            <PhotoInput label={t.photos} photos={value.photos} onPhotos={setPhotos} onWorking={setPreparing} />
          </div>
          <div className="card">
            <CategoryField
              value={value.categoryCode}
              invalid={faults.includes('category')}
              onValue={(categoryCode) => set({ categoryCode })}
            />
            <TextArea
              label={t.description}
              placeholder={t.descriptionHint}
              maxLength={2000}
              value={value.description}
              invalid={faults.includes('description')}
              onValue={(description) => set({ description })}
            />
            <div className="switch-line">
              <div>
                <span id="self-handled">{t.selfHandled}</span>
                <p id="self-handled-hint" className="field-hint">
                  {t.selfHandledHint}
                </p>
              </div>
              <Switch
                aria-labelledby="self-handled"
                checked={value.selfHandled}
                onChange={(selfHandled) => set({ selfHandled })}
              />
            </div>
          </div>
          <div className="card">
            <PlaceField
              place={value.place}
              source={value.placeSource}
              follow={isEmptyReport(value)}
              address={value.address}
              photoPlace={value.photos.find((photo) => photo.place !== null)?.place ?? null}
              onPlace={setPlace}
              onAddress={(address) => set({ address })}
            />
          </div>
          <AlikeCard report={value} onSame={(sameAs) => set({ sameAs })} />
        </fieldset>
        <p className="draft-line">
          {!draft.kept ? (
            shell.draft.notKept
          ) : isEmptyReport(value) ? null : (
            <>
              <span>{draft.saved ? shell.draft.kept : shell.draft.keeping}</span>
              <button type="button" className="text-button" onClick={onFresh}>
                {outbox.drafts.fresh}
              </button>
              <button type="button" className="text-button" onClick={() => setAsksClear(true)}>
                {shell.draft.clear}
              </button>
            </>
          )}
        </p>
      </div>
      <SubmitBar sending={sending} faults={faults} preparing={preparing} />
      {asksClear ? (
        <ConfirmSheet
          title={shell.draft.clearAsk}
          confirm={shell.draft.clear}
          onClose={() => setAsksClear(false)}
          onConfirm={() => {
            draft.clear();
            sending.reset();
            setTried(false);
            setAsksClear(false);
          }}
        />
      ) : null}
    </form>
  );
}
