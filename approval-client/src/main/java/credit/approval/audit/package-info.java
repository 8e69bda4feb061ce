/** The log of answers: append-only, each record chained to the one before by hash. */
package credit.approval.audit;
