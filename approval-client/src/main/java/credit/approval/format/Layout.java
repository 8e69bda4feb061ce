package credit.approval.format;

import java.nio.file.Path;

/**
 * Where things lie below {@code published/lists}: {@code <version>/} with the files of {@link
 * ListFile} and the manifest; beside the versions the keys and the timestamp.
 */
public final class Layout {
  public static final String MANIFEST = "manifest.jws";
  public static final String KEYS = "keys.jws";
  public static final String TIMESTAMP = "timestamp.jws";

  /** The pinned root key below the keys folder: one line, {@link Ed25519Keys#encode}. */
  public static final String ROOT_PUBLIC_KEY = "root.pub";

  private Layout() {}

  /** The name of a version's file below the lists, such as {@code 7/manifest.jws}. */
  public static String name(long version, String file) {
    return version + "/" + file;
  }

  /** The folder of one version: its number without padding. */
  public static Path version(Path lists, long version) {
    return lists.resolve(Long.toString(version));
  }
}
