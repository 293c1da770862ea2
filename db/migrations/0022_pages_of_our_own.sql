-- Some providers have no page to pay on: LiqPay takes a form that a page of ours posts, PIX gives a code to scan. What such a page shows is made once,
-- with the attempt, and shown again at every visit until its time is over.
alter table payment_attempts add column page jsonb;
