import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRequest,
  createResponse,
  headerText,
  parseMessage,
  parseNameAddr,
  parseUri,
  serialize,
  SipError,
  userOf,
} from '@wangge/sip';
import type { SipRequest } from '@wangge/sip';

const text = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');

describe('reading messages', () => {
  it('reads compact names, folded lines and several Via in one line', () => {
    const message = parseMessage(
      text(
        '\r\nMESSAGE sip:340@10.0.0.1:5060 SIP/2.0',
        'v: SIP/2.0/UDP a:1;branch=z9hG4bKx , SIP / 2.0 / UDP b;rport',
        'Via: SIP/2.0/TCP c',
        'f: "Wang, \\"the\\" <A>" <sip:1@h>;tag=77',
        't: <sip:2@h>',
        'i: x@y',
        'CSEQ:  20',
        '  MESSAGE',
        'l: 3',
        '',
        'abcdef',
      ),
    );
    expect(message).toMatchObject({ kind: 'request', method: 'MESSAGE', uri: 'sip:340@10.0.0.1:5060' });
    expect(message.headers.values('Via')).toHaveLength(3);
    expect(message.headers.get('cseq')).toBe('20 MESSAGE');
    expect(message.body.toString()).toBe('abc');
    const from = parseNameAddr(message.headers.get('from')!);
    expect(from).toMatchObject({ display: 'Wang, "the" <A>', uri: 'sip:1@h' });
    expect(from.params.get('tag')).toBe('77');
  });

  it('reads a status line without a reason, a body of any bytes and a Content-Length that promises too much', () => {
    const body = Buffer.from([0, 255, 13, 10, 13, 10, 1]);
    const head = text('SIP/2.0 200', 'CSeq: 1 INVITE', 'Content-Length: 90', '', '');
    const message = parseMessage(Buffer.concat([head, body]));
    expect(message).toMatchObject({ kind: 'response', status: 200, reason: '' });
    expect(message.body.equals(body)).toBe(true);
  });

  it('reads lone line feeds', () => {
    expect(parseMessage(Buffer.from('OPTIONS sip:a SIP/2.0\nTo: <sip:a>\n\nxy')).body.toString()).toBe('xy');
  });

  it.each([
    ['', 'malformed'],
    ['GET / HTTP/1.1\r\n\r\n', 'malformed'],
    ['SIP/2.0 999 No\r\n\r\n', 'malformed'],
    ['OPTIONS sip:a SIP/2.0\r\nContent-Length: -1\r\n\r\n', 'malformed'],
    [`OPTIONS sip:a SIP/2.0\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`, 'too-large'],
    [`OPTIONS sip:a SIP/2.0\r\n${'X: y\r\n'.repeat(300)}\r\n`, 'too-large'],
  ])('refuses what is none (%#)', (bytes, code) => {
    expect(() => parseMessage(Buffer.from(bytes))).toThrow(expect.objectContaining({ name: 'SipError', code }));
  });
});

describe('addresses', () => {
  it.each([
    ['sip:340@10.0.0.1:5060;transport=tcp', 'sip', '340', '10.0.0.1', 5060],
    ['sips:a:secret@example.org?x=y', 'sips', 'a', 'example.org', undefined],
    ['SIP:[2001:db8::1]:5061', 'sip', '', '2001:db8::1', 5061],
    ['tel:+8657112345;phone-context=x', 'tel', '+8657112345', '', undefined],
  ])('%s', (uri, scheme, user, host, port) => {
    expect(parseUri(uri)).toMatchObject({ scheme, user, host, port });
  });

  it('takes the parameters of a bare address for the header', () => {
    expect(parseNameAddr('sip:1@h;tag=5').params.get('tag')).toBe('5');
    expect(userOf('"无" <sip:34020000001320000001@3402000000>')).toBe('34020000001320000001');
    expect(userOf('<nonsense')).toBe('');
  });
});

describe('writing messages', () => {
  const parts = { method: 'MESSAGE', uri: 'sip:1@h', from: '<sip:2@h>;tag=a', to: '<sip:1@h>', callId: 'c', cseq: 1 };

  it('writes what it reads', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9<>"';=@:. -]{0,40}$/).map((value) => value.trim());
    fc.assert(
      fc.property(word, fc.uint8Array({ maxLength: 300 }), (subject, bytes) => {
        const body = Buffer.from(bytes);
        const request = createRequest({ ...parts, headers: { subject }, content: { type: 'a/b', body } });
        const again = parseMessage(serialize(request)) as SipRequest;
        expect(again.headers.get('subject')).toBe(subject);
        expect(again.body.equals(body)).toBe(true);
        expect(serialize(again).equals(serialize(request))).toBe(true);
      }),
    );
  });

  it('echoes names in any encoding byte for byte', () => {
    const name = Buffer.from([0xd6, 0xd0, 0xb9, 0xfa]).toString('latin1');
    const request = createRequest({ ...parts, from: `"${name}" <sip:2@h>;tag=a` });
    const answer = serialize(
      createResponse(parseMessage(serialize(request)) as SipRequest, { status: 200, toTag: 't' }),
    );
    expect(answer.includes(Buffer.from([0xd6, 0xd0, 0xb9, 0xfa]))).toBe(true);
    expect(answer.toString('latin1')).toContain('To: <sip:1@h>;tag=t\r\n');
    expect(Buffer.from(headerText('网格'), 'latin1').toString('utf8')).toBe('网格');
  });

  it('lets no value break out of its line', () => {
    expect(() => createRequest({ ...parts, headers: { subject: 'a\r\nX: y' } })).toThrow(SipError);
  });
});

describe('mutated messages', () => {
  it('are read or refused, never more', () => {
    const seed = text(
      'INVITE sip:1@h SIP/2.0',
      'Via: SIP/2.0/UDP h:5060;branch=z9hG4bKx',
      'From: "x" <sip:2@h>;tag=1',
      'To: <sip:1@h>',
      'Call-ID: c',
      'CSeq: 1 INVITE',
      'Content-Length: 4',
      '',
      'v=0\n',
    );
    const change = fc.tuple(fc.nat(seed.length - 1), fc.nat(255), fc.constantFrom('set', 'cut', 'double'));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        let bytes: Buffer = Buffer.from(seed);
        for (const [at, value, how] of changes) {
          if (how === 'set') bytes[at % Math.max(1, bytes.length)] = value;
          else if (how === 'cut') bytes = bytes.subarray(0, at);
          else bytes = Buffer.concat([bytes, bytes.subarray(at)]).subarray(0, 5000);
        }
        const fault = faultOf(() => {
          const message = parseMessage(bytes);
          parseNameAddr(message.headers.get('from') ?? 'sip:x');
        });
        expect(fault === undefined || fault instanceof SipError).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

function faultOf(run: () => void): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
