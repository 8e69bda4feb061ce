package credit.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import credit.approval.format.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signature can be verified by another team with OpenSSL alone, as the README shows. */
@Tag("slow")
class OpenSslTest {
  @TempDir Path temp;

  @Test
  void opensslVerifiesTheManifestsSignatureAndRefusesAChangedOne() throws Exception {
    assumeTrue(runs("openssl", "version"), "openssl is not on this machine; nothing was verified");
    PublishedFolder published = new PublishedFolder(temp.resolve("lists"));
    published.publish(1, PublishedFolder.content());
    String compact = Files.readString(published.lists().resolve("1").resolve(Layout.MANIFEST));
    int dot = compact.lastIndexOf('.');
    Files.writeString(temp.resolve("signed"), compact.substring(0, dot));
    Files.write(
        temp.resolve("signature"), Base64.getUrlDecoder().decode(compact.substring(dot + 1)));
    Files.write(temp.resolve("key.der"), published.listKey.getPublic().getEncoded());
    assertThat(verifies()).isTrue();
    Files.writeString(temp.resolve("signed"), "x", StandardCharsets.US_ASCII);
    assertThat(verifies()).isFalse();
  }

  private boolean verifies() {
    return runs(
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "key.der",
        "-keyform",
        "DER",
        "-rawin",
        "-in",
        "signed",
        "-sigfile",
        "signature");
  }

  private boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .directory(temp.toFile())
              .redirectErrorStream(true)
              .redirectOutput(temp.resolve("openssl.log").toFile())
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
