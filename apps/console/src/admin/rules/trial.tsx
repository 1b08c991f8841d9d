import { ownMemberName, type Rule, type Trial as TrialData } from '@wangge/dispatch/contract';
import { Link } from '@tanstack/react-router';
import { ruleTexts } from '@wangge/texts/console';
import { formatTime, useTexts } from '@wangge/ui';

interface Props {
  readonly trial: TrialData;
  /** The list that was tried. */
  readonly rules: readonly Rule[];
  /** The list has been changed since. */
  readonly stale: boolean;
}

/** What the rules would have done with the past: a sentence, from whom to whom, the newest one by one. */
export function Trial({ trial, rules, stale }: Props) {
  const texts = useTexts(ruleTexts);
  const t = texts.trial;
  const who = (names: readonly string[]): string =>
    names.length === 0
      ? t.nobody
      : names.map((name) => (name === ownMemberName ? texts.ownMember : name)).join(texts.separator);
  const placeOf = (id: string): number => rules.findIndex((rule) => rule.id === id) + 1;
  return (
    <section aria-labelledby="trial-title" className={stale ? 'trial trial-stale' : 'trial'} data-testid="trial">
      <h2 id="trial-title">{t.title}</h2>
      {stale ? <p role="status">{t.stale}</p> : null}
      <p role="status">
        <strong>{t.summary(trial.looked, trial.elsewhere)}</strong> {trial.capped ? t.capped : ''}
      </p>
      {trial.elsewhere === 0 ? (
        <p className="muted">{t.none}</p>
      ) : (
        <>
          <div className="trial-scroll">
            <table className="trial-table">
              <caption>{t.counts}</caption>
              <thead>
                <tr>
                  <th scope="col">{t.from}</th>
                  <th scope="col">{t.to}</th>
                  <th scope="col">{t.n}</th>
                </tr>
              </thead>
              <tbody>
                {trial.counts.map((each) => (
                  <tr key={`${each.from.join()} ${each.to.join()}`}>
                    <td>{who(each.from)}</td>
                    <td>{who(each.to)}</td>
                    <td className="trial-n">{each.n}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div className="trial-scroll">
            <table className="trial-table">
              <caption>{t.items}</caption>
              <thead>
                <tr>
                  <th scope="col">{t.number}</th>
                  <th scope="col">{t.incident}</th>
                  <th scope="col">{t.from}</th>
                  <th scope="col">{t.to}</th>
                  <th scope="col">{t.rule}</th>
                </tr>
              </thead>
              <tbody>
                {trial.items.map((item) => (
                  <tr key={item.incidentId}>
                    <td>
                      <Link to="/" search={{ id: item.incidentId }}>
                        {item.number}
                      </Link>
                      <div className="muted">{formatTime(item.reportedAtMs)}</div>
                    </td>
                    <td>{item.title}</td>
                    <td>{who(item.from)}</td>
                    <td>{who(item.to)}</td>
                    <td className="trial-n">{placeOf(item.ruleId)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
