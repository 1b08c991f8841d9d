-- Which department's telephone residents are given as the town's duty line: at most one, and none until the
-- town names it. It was the one with this code for everybody so far.

alter table staff_departments add column is_duty boolean not null default false;
create unique index staff_departments_duty on staff_departments (is_duty) where is_duty;
update staff_departments set is_duty = true where code = 'zzb';
