package credit.approval;

import credit.approval.format.FileBytes;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where the published lists are read from. Nothing that a source hands out is trusted: the reader
 * verifies every byte by signature or signed hash, so a source can withhold, but not forge.
 */
public sealed interface ListSource permits FolderSource, HttpsSource {
  /** The folder {@code published/lists}, or a copy of it. */
  static ListSource folder(Path lists) {
    return new FolderSource(lists);
  }

  /**
   * The same folder behind a web server; HTTP without TLS is accepted from the own machine only.
   *
   * @param tls whom to trust; null: the Java platform's trust store
   * @throws IllegalArgumentException if the address is not one that may be asked
   */
  static ListSource https(URI lists, SSLContext tls) {
    return new HttpsSource(lists, tls);
  }

  /**
   * The bytes of a file, read once and whole.
   *
   * @param name below the lists, such as {@code 7/manifest.jws}
   * @param limit bytes beyond which the file is refused unread
   * @return empty if there is no such file
   * @throws credit.approval.format.ListException if the file is larger or cannot be read
   */
  Optional<FileBytes> read(String name, long limit);
}
