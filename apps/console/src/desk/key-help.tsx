import { deskTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Modal } from 'antd';

const keys = [['j', '↓'], ['k', '↑'], ['Enter'], ['d'], ['/'], ['n'], ['m'], ['Esc'], ['?']] as const;
const names = ['next', 'previous', 'open', 'dispatch', 'search', 'create', 'map', 'close', 'help'] as const;

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useTexts(deskTexts).keys;
  return (
    <Modal title={t.title} open onCancel={onClose} footer={null} width={380}>
      <dl className="keys">
        {names.map((name, i) => (
          <div key={name}>
            <dt>
              {keys[i]?.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t[name]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
