/** The one format of the published lists, shared by the stage that writes and the client. */
package credit.approval.format;
