/** What viewers are told of a line that does not work: no addresses, no names of hosts. */

const texts: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  unreachable: { zh: '连接不上摄像机', en: 'The camera cannot be reached' },
  timeout: { zh: '摄像机没有应答', en: 'The camera does not answer' },
  unauthorized: { zh: '用户名或密码错误', en: 'User name or password refused' },
  forbidden: { zh: '摄像机拒绝访问', en: 'The camera denies access' },
  'not-found': { zh: '摄像机上没有这个码流', en: 'The camera has no such stream' },
  refused: { zh: '摄像机拒绝播放', en: 'The camera refuses to play' },
  transport: { zh: '传输方式不被支持', en: 'No common way of transport' },
  unsupported: { zh: '码流格式不支持', en: 'The format of the stream is not supported' },
  protocol: { zh: '对方不是 RTSP 服务', en: 'What answers there does not speak RTSP' },
  stalled: { zh: '没有收到画面数据', en: 'No pictures arrive' },
  ended: { zh: '摄像机中断了连接', en: 'The camera ended the connection' },
  h265: { zh: 'H.265 编码，浏览器无法直接播放', en: 'H.265, which this browser does not play' },
  paused: { zh: '户主已暂停查看', en: 'Paused by its owner' },
  retired: { zh: '摄像机已停用', en: 'The camera was taken out of use' },
};

export function reasonText(reason: string | null): { readonly zh: string; readonly en: string } | null {
  if (reason === null) return null;
  return texts[reason] ?? { zh: '线路异常', en: 'The line does not work' };
}
