package credit.approval;

import credit.approval.format.Manifest;

/**
 * A manifest whose signature was good.
 *
 * @param sha256 hash of the bytes of manifest.jws
 * @param kid the key that signed
 */
record SignedManifest(Manifest manifest, String sha256, String kid) {}
