import { defineTexts } from '../define.ts';

/** Who else is on an incident. */
export const presenceTexts = defineTexts(
  {
    label: '还有谁在处理',
    reading: (name: string) => `${name} 正在查看`,
    dispatching: (name: string) => `${name} 正在处理`,
  },
  {
    label: 'Who else is on it',
    reading: (name) => `${name} is looking at it`,
    dispatching: (name) => `${name} is working on it`,
  },
);
