package credit.jobs.publish;

import credit.approval.format.ListContent;
import credit.approval.format.Manifest;

/**
 * A version as it lies in its folder.
 *
 * @param manifestSha256 hash of the manifest's file
 * @param trusted whether the key that signed it still counts; a revoked one's version must be
 *     replaced although nothing in it changed
 */
record Version(Manifest manifest, String manifestSha256, ListContent content, boolean trusted) {

  boolean isSame(Statement statement, ListContent other) {
    return statement.saysTheSameAs(Statement.of(manifest))
        && content.sha256().equals(other.sha256());
  }
}
