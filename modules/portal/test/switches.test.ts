/** Language and size of letters change in the middle of a form, without script: nothing typed is lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeIncident,
  errorsOf,
  fieldOf,
  incidentOf,
  openPortalTown,
  type PortalTown,
  smallPhoto,
  valuesOf,
  Visitor,
} from './support.ts';

let town: PortalTown;
beforeAll(async () => {
  town = await openPortalTown();
});
afterAll(() => town.close());

/** Where the head's button of this name sends its form; empty where it is a link. */
function switchOf(html: string, name: 'lang' | 'size'): string {
  const found = new RegExp(`formaction="([^"]*[?;]${name}=[^"]*)"`).exec(html)?.[1] ?? '';
  return found.replaceAll('&amp;', '&');
}
const langOf = (html: string) => /<html lang="([^"]+)" class="([^"]*)"/.exec(html)?.slice(1);

describe('a switch in the head of a form', () => {
  it('shows a report again as it was typed, photos too, and finds fault with nothing', async () => {
    const visitor = new Visitor(town);
    const { url } = await visitor.openForm(town);
    const { html } = await visitor.get(url);
    const typed = { f: fieldOf(html, 'f'), description: '半句', contact: 'phone', phone: '139', do: 'show' };
    const english = await visitor.postFiles(switchOf(html, 'lang'), typed, [{ name: 'a.png', bytes: smallPhoto }]);
    expect([english.status, langOf(english.html), errorsOf(english.html)]).toEqual([200, ['en', ''], []]);
    expect(english.html).toContain('半句');
    expect(fieldOf(english.html, 'phone')).toBe('139');
    const kept = valuesOf(english.html, 'kept');
    expect(kept).toHaveLength(1);

    const large = await visitor.postFiles(switchOf(english.html, 'size'), {
      ...typed,
      f: fieldOf(english.html, 'f'),
      kept,
    });
    expect(langOf(large.html)).toEqual(['en', 'large']);
    const sent = await visitor.postFiles(url, {
      f: fieldOf(large.html, 'f'),
      kept: valuesOf(large.html, 'kept'),
      category: town.category,
      description: '半句，说完了',
      contact: 'anonymous',
    });
    expect(sent.location).toMatch(/^\/r\//);
    expect((await visitor.get(sent.location ?? '')).html).toContain('1 photo');
  });

  it('keeps the step of the code, and sends no second one', async () => {
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const phone = '13900001111';
    const fields = { f, category: town.category, description: '路灯不亮', contact: 'phone', phone };
    const step = await visitor.postFiles(url, fields);
    const sms = async () => (await town.owner.query('select 1 from notify_messages')).rowCount;
    const before = await sms();
    const again = await visitor.post(switchOf(step.html, 'lang'), { draft: fieldOf(step.html, 'draft'), do: 'show' });
    expect([again.status, langOf(again.html)?.[0], errorsOf(again.html)]).toEqual([200, 'en', []]);
    expect(fieldOf(again.html, 'draft')).not.toBe('');
    expect(await sms()).toBe(before);
  });

  it('keeps the reason of a withdrawal', async () => {
    const visitor = new Visitor(town);
    const receipt = await visitor.report(town);
    const { html } = await visitor.get(`${receipt}/withdraw`);
    const f = fieldOf(html, 'f');
    const again = await visitor.post(switchOf(html, 'lang'), { f, reason: '写错了', do: 'show' });
    expect([again.status, langOf(again.html)?.[0]]).toEqual([200, 'en']);
    expect(again.html).toContain('写错了');
    expect((await visitor.get(receipt)).html).not.toContain('withdrawn by');
  });

  it('keeps what was typed to follow a report, and sends no code', async () => {
    const visitor = new Visitor(town);
    const { html } = await visitor.get('/follow');
    const typed = { f: fieldOf(html, 'f'), number: '20261122-0001', phone: '139', do: 'show' };
    const again = await visitor.post(switchOf(html, 'lang'), typed);
    expect([again.status, langOf(again.html)?.[0], errorsOf(again.html)]).toEqual([200, 'en', []]);
    expect([fieldOf(again.html, 'number'), fieldOf(again.html, 'phone')]).toEqual(['20261122-0001', '139']);
  });

  it('keeps a judgement that was begun, and judges nothing', async () => {
    const visitor = new Visitor(town);
    const receipt = await visitor.report(town);
    // Where there is no form to fill in, the switches are links.
    expect(switchOf((await visitor.get(receipt)).html, 'lang')).toBe('');
    await closeIncident(town, (await incidentOf(town, receipt)).id);
    const { html } = await visitor.get(receipt);
    const typed = { f: fieldOf(html, 'f'), satisfied: '4', text: '还在写', do: 'show' };
    const again = await visitor.post(switchOf(html, 'lang'), typed);
    expect([again.status, langOf(again.html)?.[0], errorsOf(again.html)]).toEqual([200, 'en', []]);
    expect(again.html).toContain('还在写');
    expect(again.html).toMatch(/name="satisfied"[^>]*value="4"[^>]*checked/);
    const done = await visitor.post(`${receipt}/rating`, {
      f: fieldOf(again.html, 'f'),
      satisfied: '4',
      response: '5',
      resolved: 'yes',
      text: '写完了',
    });
    expect(done.location).toBe(`${receipt}?done=rated`);
  });

  it('is no button that Enter presses', async () => {
    const visitor = new Visitor(town);
    const { html } = await visitor.get((await visitor.openForm(town)).url);
    const first = /<button[^>]*form="report"[^>]*>/.exec(html)?.[0] ?? '';
    expect(first).not.toContain('formaction');
    expect(first).toContain('type="submit"');
  });
});
