/** What an approval system embeds: open the published lists, verify them, ask. JDK only. */
package credit.approval;
