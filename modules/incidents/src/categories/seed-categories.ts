/** Puts the demo town's categories in; a second run changes nothing that somebody edited. */
import { type Runtime, sql } from '@wangge/kernel';
import { departmentByCode } from '@wangge/staff';
import type { Category } from '../contract.ts';
import { demoCategories } from './demo-categories.ts';
import { putCategory, tellCategoriesChanged } from './save-category.ts';

export async function seedCategories(rt: Runtime): Promise<void> {
  await rt.system('seed', async (tx) => {
    const known = new Set(
      (await tx.rows<{ code: string }>(sql`select code from incidents_categories`)).map((r) => r.code),
    );
    let added = false;
    const put = async (code: string, body: Omit<Category, 'code'>): Promise<void> => {
      if (known.has(code)) return;
      await putCategory(tx, code, body);
      added = true;
    };
    for (const [order, heading] of demoCategories.entries()) {
      await put(heading.code, {
        parentCode: null,
        name: { zh: heading.zh, en: heading.en },
        departmentId: null,
        severity: 'ordinary',
        handleLimitMin: 7 * 24 * 60,
        public: heading.children.some((c) => c.public),
        proofRequired: false,
        proofInApp: false,
        active: true,
        autoCloseMin: null,
        order,
      });
      for (const [childOrder, child] of heading.children.entries()) {
        const department = child.department === null ? undefined : await departmentByCode(tx, child.department);
        await put(child.code, {
          parentCode: heading.code,
          name: { zh: child.zh, en: child.en },
          departmentId: department?.id ?? null,
          severity: child.severity,
          handleLimitMin: child.limitMin,
          public: child.public,
          proofRequired: child.proof,
          proofInApp: child.proofInApp,
          active: true,
          autoCloseMin: null,
          order: childOrder,
        });
      }
    }
    if (added) tellCategoriesChanged(tx);
  });
}
