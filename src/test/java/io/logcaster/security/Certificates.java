package io.logcaster.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Self-signed certificates for tests, created by the JDK's keytool, which takes a second: those of
 * one name are the same throughout a run.
 */
public final class Certificates {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private static final Map<String, KeyStore> CREATED = new ConcurrentHashMap<>();

  private final KeyStore keys;

  /** Creates a certificate for localhost. */
  public Certificates(Path dir, String name) throws IOException, GeneralSecurityException {
    KeyStore known = CREATED.get(name);
    if (known == null) {
      known = create(dir.resolve(name + ".p12"), name);
      CREATED.put(name, known);
    }
    keys = known;
  }

  private static KeyStore create(Path store, String name)
      throws IOException, GeneralSecurityException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said;
    try (InputStream out = keytool.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool: " + said);
    }
    return KeyStore.getInstance(store.toFile(), PASSWORD);
  }

  /** Writes the certificate as PEM. */
  public Path certificate(Path file) throws IOException, GeneralSecurityException {
    return write(file, "CERTIFICATE", keys.getCertificate("own").getEncoded());
  }

  /** Writes the private key as PEM. */
  public Path key(Path file) throws IOException, GeneralSecurityException {
    return write(file, "PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded());
  }

  private static Path write(Path file, String type, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text));
  }

  /** A server that presents this certificate. */
  public SSLContext server() throws GeneralSecurityException {
    KeyManagerFactory mine = KeyManagerFactory.getInstance("PKIX");
    mine.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(mine.getKeyManagers(), null, null);
    return context;
  }

  /** A client that trusts only this certificate and presents another one, or none. */
  public SSLContext client(Certificates... own) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("own"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory mine = KeyManagerFactory.getInstance("PKIX");
    if (own.length > 0) {
      mine.init(own[0].keys, PASSWORD);
    } else {
      mine.init(null, null);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(mine.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
