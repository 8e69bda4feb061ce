package credit.approval;

import credit.approval.format.Manifest;

/**
 * A manifest whose signature was good.
 *
 * @param sha256 hash of the bytes of manifest.jws
 * @param kid the key that signed
 */
record SignedManifest(Manifest manifest, String sha256, String kid) {
  /** The same as the newest link of its chain. */
  Link link() {
    return new Link(manifest, sha256);
  }

  /**
   * A manifest in the chain behind a signed one. The hash in the manifest after it vouches for its
   * bytes, so the chain stays whole when a key that signed a part of it is revoked; for an answer
   * of its own it must be verified by its signature.
   */
  record Link(Manifest manifest, String sha256) {
    long version() {
      return manifest.version();
    }
  }
}
