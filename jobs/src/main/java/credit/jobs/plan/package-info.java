/**
 * Who is inspected in the coming period and why: due duties and leads first, then full-coverage
 * fields, high risk, a draw that anyone can recompute, and an exploration share.
 */
package credit.jobs.plan;
