/** The client's answers over HTTP, on the JDK's own server. */
package credit.approval.serve;
