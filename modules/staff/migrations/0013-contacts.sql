-- The language in which a person is told things, and what telling needs to know of people.

alter table staff_accounts add column lang text not null default 'zh' check (lang in ('zh', 'en'));
grant select (lang), insert (lang), update (lang) on staff_accounts to wangge_app;

-- Of the enabled ones among these: language, masked number, and whether there is a number at all.
create function staff_contacts(wanted uuid[]) returns table (id uuid, lang text, phone_mask text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.lang, a.phone_mask from staff_accounts a where a.id = any(wanted) and a.enabled
$$;
revoke all on function staff_contacts(uuid[]) from public;
grant execute on function staff_contacts(uuid[]) to wangge_app;
