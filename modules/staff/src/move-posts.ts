/** Posts follow the areas: their paths, and where an area ended, the one that took its place. */
import { type AreaIndex, areaIndex, type AreaNode, successorOf } from '@wangge/areas';
import type { Role } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';

interface PostRow {
  readonly id: string;
  readonly areaId: string;
  readonly role: Role;
  readonly name: string;
}

/** In the publishing transaction. A post that its holder has there already is not had twice. */
export async function movePosts(tx: Tx, index: AreaIndex): Promise<void> {
  for (const { post, to } of await postsOfEnded(tx, index)) {
    const twice = sql`exists (select 1 from staff_posts o where o.account_id = p.account_id and o.role = p.role
      and o.area_id = ${to.id} and o.department_id is not distinct from p.department_id)`;
    await tx.run(sql`delete from staff_posts p where p.id = ${post.id} and ${twice}`);
    await tx.run(sql`update staff_posts p set area_id = ${to.id}, area_path = ${to.path} where p.id = ${post.id}`);
    tx.audit({
      action: 'staff.post-moved',
      subject: { kind: 'post', id: post.id },
      details: { role: post.role, area: to.code },
    });
  }
  const paths = JSON.stringify(index.all().map((a) => ({ id: a.id, path: a.path })));
  await tx.run(sql`update staff_posts p set area_path = n.path
    from jsonb_to_recordset(${paths}::jsonb) as n(id uuid, path text) where n.id = p.area_id and n.path <> p.area_path`);
}

interface MovingPost {
  readonly name: string;
  readonly role: string;
  readonly from: string;
  readonly to: string;
}

/** Posts whose area ends, or comes under another one; and new areas where nobody has a post. */
export async function previewPosts(tx: Tx, index: AreaIndex): Promise<{ posts: MovingPost[]; unstaffed: string[] }> {
  const now = areaIndex(tx.rt);
  const ended = (await postsOfEnded(tx, index)).map(({ post, to }) => ({
    name: post.name,
    role: post.role,
    from: now.get(post.areaId)?.name ?? '',
    to: to.name,
  }));
  const rehung = index.all().filter((area) => {
    const before = now.get(area.id);
    return before !== null && before.parentId !== area.parentId;
  });
  const above = (of: AreaIndex, area: AreaNode): string => `${of.get(area.parentId ?? '')?.name ?? ''} ${area.name}`;
  const followed = (
    await postsIn(
      tx,
      rehung.map(({ id }) => id),
    )
  ).flatMap((post) => {
    const [before, after] = [now.get(post.areaId), index.get(post.areaId)];
    if (!before || !after) return [];
    return [{ name: post.name, role: post.role, from: above(now, before), to: above(index, after) }];
  });
  const unstaffed = index.all().filter((area) => now.get(area.id) === null);
  return { posts: [...ended, ...followed], unstaffed: unstaffed.map((area) => area.name) };
}

async function postsOfEnded(tx: Tx, index: AreaIndex): Promise<{ post: PostRow; to: AreaNode }[]> {
  const ended = areaIndex(tx.rt)
    .all()
    .filter((area) => index.get(area.id) === null);
  const successors = new Map(ended.map((area) => [area.id, successorOf(index, area) ?? index.root()]));
  return (await postsIn(tx, [...successors.keys()])).flatMap((post) => {
    const to = successors.get(post.areaId);
    return to ? [{ post, to }] : [];
  });
}

function postsIn(tx: Tx, areaIds: readonly string[]): Promise<PostRow[]> {
  if (areaIds.length === 0) return Promise.resolve([]);
  return tx.rows<PostRow>(sql`select p.id, p.area_id as "areaId", p.role, a.name
    from staff_posts p join staff_accounts a on a.id = p.account_id
    where p.area_id = any(${[...areaIds]}::uuid[]) order by a.name, p.id`);
}
