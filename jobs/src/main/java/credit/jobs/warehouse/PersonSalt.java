package credit.jobs.warehouse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The secret salt of the hashes by which persons are joined. It lies among the keys, outside the
 * warehouse, or comes from {@code CREDIT_PERSON_SALT}; whoever lacks it cannot try names.
 */
public final class PersonSalt {
  private static final String FILE = "person.salt";
  private static final String VARIABLE = "CREDIT_PERSON_SALT";

  private PersonSalt() {}

  /** The salt; one is drawn on first use. */
  public static byte[] of(Path keys) {
    String given = System.getenv(VARIABLE);
    if (given != null && !given.isBlank()) {
      return given.getBytes(StandardCharsets.UTF_8);
    }
    Path file = keys.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        draw(keys, file);
      }
      return HexFormat.of().parseHex(Files.readString(file).strip());
    } catch (IOException e) {
      throw Failure.environment(
          e,
          "%s cannot be used (%s); correct its rights, name another --keys, or set %s",
          file,
          e.getMessage(),
          VARIABLE);
    }
  }

  private static void draw(Path keys, Path file) throws IOException {
    Files.createDirectories(keys);
    byte[] salt = new byte[32];
    new SecureRandom().nextBytes(salt);
    try {
      Files.writeString(file, HexFormat.of().formatHex(salt) + "\n", StandardOpenOption.CREATE_NEW);
      Files.setPosixFilePermissions(
          file, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    } catch (FileAlreadyExistsException drawnMeanwhile) {
      return;
    }
  }
}
