package io.logcaster.notice.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts secrets with AES-256 in GCM. The key is a file of its own, which only the server's user
 * may read; it is created when the first secret is stored. An encrypted secret is the text
 *
 * <pre>{@code lc1:<key>:<data>}</pre>
 *
 * with the first four bytes of the key's SHA-256 in hexadecimal, and in Base64 the nonce of 12
 * bytes and the result of the cipher. What the secret is for is authenticated with it, so that one
 * cannot be put in another's place. Thread-safe.
 */
public final class Vault {

  private static final Logger LOG = LoggerFactory.getLogger(Vault.class);

  private static final String PREFIX = "lc1:";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param file the key's; need not exist
   */
  public Vault(Path file) {
    this.file = file;
  }

  /** Whether a text was made by {@link #encrypt}. */
  public static boolean isEncrypted(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * Encrypts a secret; creates the key if there is none.
   *
   * @param purpose what the secret is for; needed again to decrypt it
   * @throws VaultException if the key cannot be read or created
   */
  public synchronized String encrypt(String purpose, String secret) {
    byte[] key = read();
    if (key == null) {
      key = create();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] data =
          cipher(Cipher.ENCRYPT_MODE, key, nonce, purpose)
              .doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, nonce.length + data.length);
      System.arraycopy(data, 0, all, nonce.length, data.length);
      return PREFIX + id(key) + ":" + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException ex) {
      throw new VaultException("The secret cannot be encrypted: " + ex.getMessage(), ex);
    }
  }

  /**
   * Decrypts a secret.
   *
   * @throws VaultException if the key is missing, damaged or another one
   */
  public synchronized String decrypt(String purpose, String encrypted) {
    byte[] key = read();
    if (key == null) {
      throw new VaultException(
          "The key %s is missing; restore it from a backup, or enter the secrets again"
              .formatted(file));
    }
    String[] parts = encrypted.split(":", 3);
    if (parts.length != 3 || !parts[1].equals(id(key))) {
      throw new VaultException(
          "The secret was encrypted with another key than %s; restore that key, or enter the secrets again"
              .formatted(file));
    }
    try {
      byte[] all = Base64.getDecoder().decode(parts[2]);
      byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, key, nonce, purpose)
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new String(secret, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException ex) {
      throw new VaultException("The encrypted secret is damaged; enter it again", ex);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, String purpose)
      throws GeneralSecurityException {
    SecretKey secret = new SecretKeySpec(key, "AES");
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static String id(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (GeneralSecurityException ex) {
      throw new IllegalStateException(ex); // every Java has it
    }
  }

  private byte @Nullable [] read() {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length == KEY_BYTES) {
        return key;
      }
    } catch (IOException ex) {
      throw new VaultException(
          "The key %s cannot be read: %s".formatted(file, ex.getMessage()), ex);
    } catch (IllegalArgumentException ex) {
      LOG.debug("The key is not Base64", ex);
    }
    throw new VaultException(
        "The key %s is damaged; restore it from a backup, or delete it and enter the secrets again"
            .formatted(file));
  }

  /** On disk before anything is encrypted with it, and whole or not there. */
  private byte[] create() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.deleteIfExists(partial);
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      FileAttribute<?>[] owner =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
              }
              : new FileAttribute<?>[0];
      try (FileChannel channel =
          FileChannel.open(
              partial, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
        byte[] text =
            (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer buffer = ByteBuffer.wrap(text);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      if (posix) {
        // Or the file's name might be gone after a power failure, and every secret with it.
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
          directory.force(true);
        }
      }
      LOG.info("Created {}, the key of channels' secrets; keep a copy of it apart", file);
      return key;
    } catch (IOException ex) {
      throw new VaultException(
          "The key %s cannot be created: %s".formatted(file, ex.getMessage()), ex);
    }
  }
}
