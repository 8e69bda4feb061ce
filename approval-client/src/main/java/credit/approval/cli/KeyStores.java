package credit.approval.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS from key stores: the service's own certificate, or whom a client trusts. */
final class KeyStores {
  private KeyStores() {}

  /** The context of a service whose key and certificate lie in the store (PKCS #12 or JKS). */
  static SSLContext server(Path file, String password) {
    try {
      KeyStore store = load(file, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, "tls-password", e);
    }
  }

  /** The context of a client that trusts the certificates in the store, and no others. */
  static SSLContext trusting(Path file, String password) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load(file, password));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, "trust-password", e);
    }
  }

  private static KeyStore load(Path file, String password)
      throws GeneralSecurityException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no such file");
    }
    return KeyStore.getInstance(file.toFile(), password.toCharArray());
  }

  private static UsageException unusable(Path file, String password, Exception e) {
    String variable = "CREDIT_" + password.toUpperCase(Locale.ROOT).replace('-', '_');
    return new UsageException(
        "the key store "
            + file
            + " cannot be used ("
            + e.getMessage()
            + "); its password is read"
            + " from the environment variable "
            + variable);
  }
}
