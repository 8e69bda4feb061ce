/** Identifier schemes and their checks; the only place where a check digit is computed. */
package credit.approval.id;
