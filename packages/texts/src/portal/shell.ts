import { defineTexts } from '../define.ts';

/** Frame of every page, error pages and the privacy notice. */
export const portalShellTexts = defineTexts(
  {
    shell: {
      skip: '跳到正文',
      home: '首页',
      otherLang: 'English',
      largeText: '大字版',
      normalText: '标准字号',
      tools: '显示设置',
      footer: '遇到危险请立即拨打 110、119、120',
      privacy: '隐私说明',
      back: '返回',
      demo: '演示系统：这里的人员、电话和事件都是虚构的。',
    },
    error: {
      title: '打不开这个页面',
      notFoundTitle: '没有找到',
      wrongTokenTitle: '链接不对',
      wrongToken: '这个链接不对，可能没有复制完整。请重新扫码，或用受理编号查询。',
      qrGone: '这个二维码已经停用。请在下面找到您的微网格。',
      tryNext: '您可以',
      signIn: '登录后再打开',
      code: '错误代码',
    },
    privacy: {
      title: '隐私说明',
      what: '我们收集什么',
      whatItems:
        '您写的文字、您上传的照片、您选择提供的位置和手机号。匿名上报不记录手机号。不使用跟踪技术，只保存字号、语言和 30 分钟的手机验证。',
      why: '用来做什么',
      whyItems:
        '只用来处理您上报的事并告诉您进展，依据是履行法定职责（《个人信息保护法》第十三条）。不用于积分、评价或任何对您不利的决定。',
      who: '谁能看到',
      whoItems:
        '负责处理的工作人员能看到事项。手机号加密保存，默认只显示一部分；查看完整号码必须写明用途，并留下记录。公开的数据没有文字和照片，地点只精确到微网格。',
      photos: '照片',
      photosItems: '照片里的拍摄位置等信息在读取后删除。',
      rights: '您的权利',
      rightsItems: '您可以查询、更正、撤回上报，也可以要求删除个人信息。请拨打值班电话，或联系镇综合治理办公室。',
    },
  },
  {
    shell: {
      skip: 'Skip to content',
      home: 'Home',
      otherLang: '中文',
      largeText: 'Large text',
      normalText: 'Normal text',
      tools: 'Display settings',
      footer: 'In danger, call 110, 119 or 120 at once',
      privacy: 'Privacy',
      back: 'Back',
      demo: 'Demonstration: the people, numbers and incidents here are invented.',
    },
    error: {
      title: 'This page cannot be opened',
      notFoundTitle: 'Not found',
      wrongTokenTitle: 'The link is not right',
      wrongToken: 'The link is not right; perhaps a part is missing. Scan again, or use the report number.',
      qrGone: 'This QR code is no longer in use. Please find your micro-grid below.',
      tryNext: 'You can',
      signIn: 'Sign in and open it again',
      code: 'Error code',
    },
    privacy: {
      title: 'Privacy',
      what: 'What we collect',
      whatItems:
        'The words you write, the photos you send, and the place and phone number you choose to give. Anonymous reports hold no number. There is no tracking: only text size, language and a phone check of 30 minutes are kept.',
      why: 'What for',
      whyItems:
        'To deal with what you report and to tell you the progress, as the law charges us to (PIPL article 13). Never for points, ratings or any decision against you.',
      who: 'Who can see it',
      whoItems:
        'Staff who deal with it. Phone numbers are encrypted and shown in part; to see one in full a purpose must be given and is recorded. Public data carry no words and no photos, and places only to the micro-grid.',
      photos: 'Photos',
      photosItems: 'What a photo says about where and when it was taken is removed after reading the place.',
      rights: 'Your rights',
      rightsItems:
        "You can look up, correct and withdraw a report, and ask for your data to be deleted: call the duty line or the town's governance office.",
    },
  },
);
