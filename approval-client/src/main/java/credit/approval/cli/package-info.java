/** The command line of the approval side. */
package credit.approval.cli;
