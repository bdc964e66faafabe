package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our stanzas and those of Jagged's own X25519, which the JDK computes. */
class X25519StanzaTest {

  private static final AgeIdentity IDENTITY = AgeIdentity.generate();
  private static final FileKey KEY = new FileKey();

  @Test
  void the_other_implementation_unwraps_what_we_wrapped() throws Exception {
    FileKey unwrapped =
        X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret(IDENTITY))
            .getFileKey(wrapped(KEY));

    assertThat(unwrapped.getEncoded()).isEqualTo(KEY.getEncoded());
  }

  @Test
  void we_unwrap_what_the_other_implementation_wrapped() throws Exception {
    Iterable<RecipientStanza> stanzas =
        X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(IDENTITY.recipient().toString())
            .getRecipientStanzas(KEY);

    assertThat(IDENTITY.stanzaReader().getFileKey(stanzas).getEncoded())
        .isEqualTo(KEY.getEncoded());
  }

  @Test
  void the_one_stanza_that_is_ours_is_found_among_others() throws Exception {
    List<RecipientStanza> stanzas = new ArrayList<>();
    stanzas.add(new Stanza("scrypt", List.of("x", "y"), new byte[32]));
    AgeIdentity.generate()
        .recipient()
        .stanzaWriter()
        .getRecipientStanzas(KEY)
        .forEach(stanzas::add);
    stanzas.addAll(wrapped(KEY));

    assertThat(IDENTITY.stanzaReader().getFileKey(stanzas).getEncoded())
        .isEqualTo(KEY.getEncoded());
  }

  @Test
  void no_two_wraps_of_a_key_have_a_share_in_common() throws Exception {
    RecipientStanza first = wrapped(KEY).get(0);
    RecipientStanza second = wrapped(KEY).get(0);

    assertThat(first.getArguments()).isNotEqualTo(second.getArguments());
    assertThat(first.getBody()).isNotEqualTo(second.getBody());
  }

  static Stream<RecipientStanza> malformed() throws GeneralSecurityException {
    RecipientStanza good = wrapped(KEY).get(0);
    String share = good.getArguments().iterator().next();
    byte[] body = good.getBody();
    byte[] damaged = body.clone();
    damaged[0] ^= 1;
    return Stream.of(
        new Stanza("x25519", List.of(share), body),
        new Stanza("X25519", List.of(), body),
        new Stanza("X25519", List.of(share, share), body),
        new Stanza("X25519", List.of(share + "A"), body),
        new Stanza("X25519", List.of(share.substring(1)), body),
        new Stanza("X25519", List.of("!" + share.substring(1)), body),
        new Stanza("X25519", List.of("A".repeat(43)), body),
        new Stanza("X25519", List.of(share), Arrays.copyOf(body, 31)),
        new Stanza("X25519", List.of(share), Arrays.copyOf(body, 33)),
        new Stanza("X25519", List.of(share), new byte[0]),
        new Stanza("X25519", List.of(share), damaged));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void a_malformed_stanza_is_nobodys(RecipientStanza stanza) {
    assertThatThrownBy(() -> IDENTITY.stanzaReader().getFileKey(List.of(stanza)))
        .isInstanceOf(UnsupportedRecipientStanzaException.class);
  }

  private static List<RecipientStanza> wrapped(FileKey key) throws GeneralSecurityException {
    List<RecipientStanza> stanzas = new ArrayList<>();
    IDENTITY.recipient().stanzaWriter().getRecipientStanzas(key).forEach(stanzas::add);
    return stanzas;
  }

  private static String secret(AgeIdentity identity) {
    return identity
        .fileContent(Instant.EPOCH)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .findFirst()
        .orElseThrow();
  }

  private record Stanza(String type, List<String> arguments, byte[] body)
      implements RecipientStanza {

    @Override
    public String getType() {
      return type;
    }

    @Override
    public List<String> getArguments() {
      return arguments;
    }

    @Override
    public byte[] getBody() {
      return body;
    }
  }
}
