package credit.jobs.publish;

import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** Private keys in PKCS#8, as PEM, in files that only their owner may read. */
final class KeyFile {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private KeyFile() {}

  /** Makes the file with owner-only rights before the key is in it. */
  static void write(Path file, PrivateKey key) throws IOException {
    Files.deleteIfExists(file);
    if (hasRights(file.toAbsolutePath().getParent())) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String text =
        BEGIN
            + "\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
            + "\n"
            + END
            + "\n";
    Files.write(
        file,
        text.getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  /**
   * The key in a file.
   *
   * @throws Failure with exit code 2 if others than its owner have rights on it, or it is no key
   */
  static PrivateKey read(Path file) {
    try {
      if (hasRights(file)) {
        Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
        rights.addAll(Files.getPosixFilePermissions(file));
        rights.retainAll(OTHERS);
        if (!rights.isEmpty()) {
          throw Failure.usage(
              "%s can be used by others than its owner (%s), so nobody can rely on what it signs;"
                  + " run 'chmod 600 %s', and './credit keys rotate' if others had access",
              file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file);
        }
      }
      return parse(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be read (%s); correct its rights", file, e.getMessage());
    }
  }

  /** The key in a text: PKCS#8 in base64, with or without the PEM lines. */
  static PrivateKey parse(String text, String where) {
    try {
      String base64 = text.replace(BEGIN, "").replace(END, "").replaceAll("\\s", "");
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw Failure.usage(
          "%s holds no Ed25519 private key in PKCS#8; restore it, or run './credit keys rotate'",
          where);
    }
  }

  /** Whether the two keys are one pair. */
  static boolean isPair(PrivateKey privateKey, PublicKey publicKey) {
    byte[] probe = "pair".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean hasRights(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }
}
