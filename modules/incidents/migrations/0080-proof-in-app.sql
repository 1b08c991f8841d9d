-- Where a proof is asked for, a town may ask that it was taken with the app's camera.

alter table incidents_categories add column proof_in_app boolean not null default false;
