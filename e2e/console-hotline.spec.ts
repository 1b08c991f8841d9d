/** Orders of a hotline: the administrator maps its columns, the dispatcher takes a file in, answers go back. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { as, ask } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';

const stamp = Date.now();
const name = `核对热线${stamp}`;
const file = (lines: readonly string[]) => ({
  name: '工单.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['工单号,诉求内容,类别,联系电话', ...lines].join('\r\n')),
});
const sample = file([`${stamp}-1,路口路灯不亮,照明,13800010001`, `${stamp}-2,有飞碟,不明物体,`]);

async function choose(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Tab');
}

test('mapped, tried, taken in once, answered in its own columns', async ({ page, context, browser }) => {
  await signInAs(context, 'system-admin');
  await page.goto('/console/admin/hotline');
  await page.getByRole('button', { name: '新增来源' }).click();
  const form = page.getByRole('dialog', { name: '新增来源' });
  await form.getByLabel('来源名称').fill(name);
  await form.locator('input[type=file]').setInputFiles(sample);
  await expect(form.getByText('已读出 4 列、2 行')).toBeVisible();
  await choose(page, '外部编号列', '工单号');
  await choose(page, '内容列', '诉求内容');
  await choose(page, '电话列', '联系电话');
  await choose(page, '类别列', '类别');
  await form.getByRole('button', { name: '＋ 照明' }).click();
  await form.getByLabel('类别对应 照明').click();
  await page.getByTitle('路灯故障').click();
  expect(await axeFindings(page)).toEqual([]);
  await form.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('cell', { name, exact: true })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  const desk = await as(browser, 'dispatcher');
  const office = await desk.newPage();
  await office.goto('/console/admin/hotline');
  const takeIn = async (): Promise<void> => {
    await office.getByRole('button', { name: `导入工单：${name}` }).click();
    await office.getByRole('dialog').locator('input[type=file]').setInputFiles(sample);
  };
  await takeIn();
  const dialog = office.getByRole('dialog', { name: `导入工单：${name}` });
  await expect(dialog.getByTestId('hotline-summary')).toHaveText('新建 1，更新 0，未变 0，不能导入 1');
  await expect(dialog.getByText('类别没有对应：不明物体', { exact: false })).toBeVisible();
  expect(await axeFindings(office)).toEqual([]);
  await dialog.getByRole('button', { name: '导入 1 条' }).click();
  await expect(dialog.getByText('导入完成')).toBeVisible();
  await dialog.getByRole('button', { name: '关闭' }).last().click();

  // The same file again has nothing new.
  await takeIn();
  await expect(dialog.getByTestId('hotline-summary')).toHaveText('新建 0，更新 0，未变 1，不能导入 1');
  await expect(dialog.getByRole('button', { name: '没有可以导入的新内容' })).toBeDisabled();
  await dialog.getByRole('button', { name: '取消' }).click();

  const { items } = await ask<{ items: { number: string; version: number; id: string; summary: string }[] }>(
    desk,
    'GET',
    '/api/incidents?source=hotline&limit=5',
  );
  const made = items.find((row) => row.summary === '路口路灯不亮');
  expect(made).toBeDefined();
  await ask(desk, 'POST', `/api/incidents/${made?.id ?? ''}/moves`, {
    move: 'reject',
    version: made?.version ?? 0,
    reason: '不属于本镇，已转交路灯管理所',
  });
  await office.getByRole('button', { name: `导出答复：${name}` }).click();
  const answers = office.getByRole('dialog', { name: `导出答复：${name}` });
  await answers.getByText('CSV').click();
  const saved = office.waitForEvent('download');
  await answers.getByRole('button', { name: '下载' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  expect(text).toBe(
    `\u{FEFF}工单号,诉求内容,类别,联系电话,受理编号,办理状态,办结时间,答复\r\n` +
      `${stamp}-1,路口路灯不亮,照明,13800010001,${made?.number},不予受理,,不属于本镇，已转交路灯管理所\r\n`,
  );
});
