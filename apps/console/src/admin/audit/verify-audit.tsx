import { verifyAudit } from '@wangge/kernel/contract';
import { adminTexts } from '@wangge/texts/console';
import { usePick, useSend, useTexts } from '@wangge/ui';
import { Alert, Button, Modal } from 'antd';

/** Checks the whole chain, its seals and anchors, and tells what it found. */
export function VerifyAudit() {
  const t = useTexts(adminTexts).audit;
  const pick = usePick();
  const verify = useSend(verifyAudit);
  const verdict = verify.data;
  return (
    <>
      <Button loading={verify.isPending} onClick={() => verify.mutate({})}>
        {verify.isPending ? t.verifying : t.verify}
      </Button>
      <Modal
        open={verdict !== undefined || verify.error !== null}
        title={t.verify}
        footer={null}
        onCancel={() => verify.reset()}
      >
        {verify.error ? <Alert type="error" showIcon title={pick(verify.error.text)} /> : null}
        {verdict ? (
          <>
            <Alert
              type={verdict.ok ? 'success' : 'error'}
              showIcon
              title={verdict.ok ? t.ok : t.bad}
              description={t.verdict(verdict.rows, verdict.sealedRows, verdict.unsealedRows)}
              className="gap"
              data-testid="audit-verdict"
            />
            <ul>
              {verdict.findings.map((finding, i) => (
                <li key={i}>
                  {t.kinds[finding.kind]} {finding.seq === null ? '' : `#${finding.seq}`} {finding.text}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </Modal>
    </>
  );
}
