/** A sentence for every error code: what happened and what one can do about it. */
import type { ErrorCode } from '@wangge/contract-kit';

export const errorTexts = {
  'bad-request': {
    zh: '请求内容有误，请检查后重试。',
    en: 'The request is not right. Please check it and try again.',
  },
  'invalid-field': {
    zh: '有一项填写不正确，请改正后再提交。',
    en: 'One entry is not right. Please correct it and send again.',
  },
  'text-too-long': {
    zh: '文字太长，请缩短后再提交。',
    en: 'The text is too long. Please shorten it and send again.',
  },
  'unsupported-media': {
    zh: '不支持这种格式的内容。',
    en: 'This kind of content is not supported.',
  },
  'file-too-large': {
    zh: '文件太大，请换一个不超过 25 MB 的文件。',
    en: 'The file is too large. Please choose one of at most 25 MB.',
  },
  'image-too-large': {
    zh: '图片像素太大，无法处理，请换一张。',
    en: 'The picture has too many pixels. Please choose another one.',
  },
  'not-an-image': {
    zh: '这个文件不是可用的照片（支持 JPEG、PNG、WebP）。',
    en: 'This file is not a usable photo (JPEG, PNG or WebP).',
  },
  'malformed-json': {
    zh: '请求格式有误，无法读取。',
    en: 'The request could not be read: it is not valid JSON.',
  },
  unauthenticated: { zh: '请先登录。', en: 'Please sign in first.' },
  'wrong-credentials': { zh: '用户名或密码不对。', en: 'The user name or the password is wrong.' },
  'second-factor-required': {
    zh: '请输入动态验证码。',
    en: 'Please enter the code of your authenticator.',
  },
  'wrong-second-factor': {
    zh: '动态验证码不对或已用过，请等下一个。',
    en: 'That code is wrong or already used. Please wait for the next one.',
  },
  'wrong-code': {
    zh: '短信验证码不对或已过期，请重新获取。',
    en: 'The code is wrong or has expired. Please ask for a new one.',
  },
  'locked-out': {
    zh: '尝试次数过多，账号已暂时锁定，请稍后再试。',
    en: 'Too many attempts: the account is locked for a while.',
  },
  forbidden: { zh: '您没有权限做这件事。', en: 'You do not have the right to do this.' },
  'csrf-failed': {
    zh: '请求来源不明，请刷新页面后重试。',
    en: 'The request came from an unknown page. Please reload and try again.',
  },
  'purpose-required': { zh: '请先填写查看用途。', en: 'Please state the purpose first.' },
  'wrong-token': { zh: '链接无效或已过期。', en: 'The link is not valid or has expired.' },
  'not-found': { zh: '没有找到。', en: 'Not found.' },
  'method-not-allowed': {
    zh: '这个地址不支持此操作。',
    en: 'This address does not support that operation.',
  },
  gone: { zh: '内容已不存在。', en: 'This is gone.' },
  conflict: {
    zh: '与现有内容冲突，请刷新后重试。',
    en: 'This conflicts with what is there. Please reload and try again.',
  },
  'stale-edit': {
    zh: '别人刚刚改过，请查看最新内容后再操作。',
    en: 'Somebody changed it just now. Please look at the latest state first.',
  },
  'move-not-allowed': {
    zh: '当前状态下不能这样操作。',
    en: 'This is not possible in the present state.',
  },
  'proof-not-in-app': {
    zh: '这类事件的处置照片须在手机端现场拍摄，从相册选的照片不算。请用“拍照”补拍一张。',
    en: 'This kind of incident needs a photo taken with the camera in the phone page; photos from the album do not count. Please take one there.',
  },
  'guard-failed': {
    zh: '还缺少必要条件，暂时不能这样操作。',
    en: 'A condition for this is not met yet.',
  },
  'already-exists': { zh: '已经存在。', en: 'It exists already.' },
  'key-reused': {
    zh: '同一编号已用于另一项内容。',
    en: 'The same key was already used for something else.',
  },
  'place-outside': { zh: '这个地点不在本镇范围内。', en: 'This place is outside the town.' },
  'category-closed': {
    zh: '这个类别已停用，请选择其他类别。',
    en: 'This category takes no new reports. Please choose another one.',
  },
  'tiling-faulty': {
    zh: '网格之间有空隙或重叠，不能发布。',
    en: 'The grids leave gaps or overlaps and cannot be published.',
  },
  'row-invalid': { zh: '文件中有一行内容不正确。', en: 'A row of the file is not right.' },
  'public-url-loopback': {
    zh: '尚未设置对外地址（PUBLIC_URL），二维码无法使用，因此不能打印。',
    en: 'PUBLIC_URL still points to this machine only: signs printed now would not work.',
  },
  'rate-limited': {
    zh: '操作太频繁，请稍后再试。',
    en: 'Too many requests. Please try again in a moment.',
  },
  'disk-full': {
    zh: '服务器空间不足，请联系管理员。',
    en: 'The server is out of space. Please tell the administrator.',
  },
  unavailable: {
    zh: '服务暂时不可用，请稍后再试。',
    en: 'The service is not available just now. Please try again shortly.',
  },
  internal: {
    zh: '系统出错了，我们已记录，请稍后再试。',
    en: 'Something went wrong on our side. It has been recorded.',
  },
} as const satisfies Record<ErrorCode, { zh: string; en: string }>;
