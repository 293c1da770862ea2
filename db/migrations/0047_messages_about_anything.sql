-- What a message is about is a name that the program gives: now also a link that fills an account, and a receipt. A list of those names in the table had to be
-- written anew for each of them; that it is a name, and of what the table keeps, is what the table can know.
alter table messages drop constraint messages_subject_kind_check;
alter table messages add constraint messages_subject_kind_check check (subject_kind ~ '^[a-z][a-z_]{0,39}$');
