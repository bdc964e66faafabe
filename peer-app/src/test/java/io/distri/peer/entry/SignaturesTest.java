package io.distri.peer.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.distri.peer.vault.Keys;
import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
  @TempDir static Path directory;
  private final Signatures signatures = new Signatures();
  private final Keys alice = Keys.loadOrCreate("alice", directory.resolve("alice"));
  private final Keys eve = Keys.loadOrCreate("eve", directory.resolve("eve"));

  @Test
  void what_a_peer_signed_is_read_as_it_said_it() {
    for (Entry entry :
        new Entry[] {
          new UserEntry(alice.id(), "127.0.0.1:2000", alice.age().recipient().toString(), 5),
          new CatalogEntry(alice.id(), name(), 1, 2, "image/png", 3, 4, "", 5),
          new RequestEntry(eve.id(), alice.id(), name(), 3, 4),
          new GrantEntry(alice.id(), eve.id(), name(), 3, 1, 4, GrantEntry.Answer.GIVEN),
          new UseEntry(eve.id(), alice.id(), name(), 2),
          new ParcelEntry(alice.id(), eve.id(), name(), "ab".repeat(32), 9, 1)
        }) {
      Signed<Entry> read = signatures.verify(signatures.sign(entry, alice).jws()).orElseThrow();
      assertThat(read.entry()).isEqualTo(entry);
      assertThat(read.keyId()).isEqualTo(alice.identity().id());
    }
  }

  @Test
  void a_changed_letter_anywhere_makes_it_nothing() {
    String jws = signatures.sign(new UseEntry(eve.id(), alice.id(), name(), 2), alice).jws();
    // The last character of each part carries bits that base64 leaves unused.
    for (int at = 0; at < jws.length() - 1; at += 7) {
      char other = jws.charAt(at) == 'A' ? 'B' : 'A';
      String changed = jws.substring(0, at) + other + jws.substring(at + 1);
      assertThat(signatures.verify(changed)).as("at " + at).isEmpty();
    }
  }

  @Test
  void an_entry_in_which_something_is_missing_is_none() throws Exception {
    String whole =
        "{\"type\":\"use\",\"provider\":\"%s\",\"user\":\"%s\",\"resource\":\"a.png\",\"spent\":0}"
            .formatted(eve.id(), alice.id());
    assertThat(signatures.verify(signedByAlice(whole))).isPresent();
    for (String part : whole.substring(1, whole.length() - 1).split(",")) {
      String name = part.substring(0, part.indexOf(':'));
      String without = whole.replace(part, "\"x\":1");
      assertThat(signatures.verify(signedByAlice(without))).as(without).isEmpty();
      String nothing = whole.replace(part, name + ":null");
      assertThat(signatures.verify(signedByAlice(nothing))).as(nothing).isEmpty();
    }
    for (String other :
        new String[] {"", "null", "[]", "1", "{}", "{\"type\":\"java.lang.String\"}"}) {
      assertThat(signatures.verify(signedByAlice(other))).as(other).isEmpty();
    }
  }

  private String signedByAlice(String payload) throws JOSEException {
    ECKey key = new ECKey.Builder(Curve.P_256, alice.publicKey()).build();
    JWSObject jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(key).build(), new Payload(payload));
    jws.sign(new ECDSASigner(alice.signingKey(), Curve.P_256));
    return jws.serialize();
  }

  @Test
  void another_algorithm_is_refused() {
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"type\":\"use\",\"provider\":\"%s\",\"user\":\"%s\",\"resource\":\"a.png\",\"spent\":0}"
                    .formatted(eve.id(), alice.id())
                    .getBytes(StandardCharsets.UTF_8));
    for (String algorithm : new String[] {"none", "HS256", "ES512"}) {
      String header =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  "{\"alg\":\"%s\"}".formatted(algorithm).getBytes(StandardCharsets.UTF_8));
      assertThat(signatures.verify(header + "." + payload + ".")).isEmpty();
      assertThat(signatures.verify(header + "." + payload + ".AAAA")).isEmpty();
    }
  }

  @Test
  void nobody_signs_for_another() {
    assertThatThrownBy(() -> signatures.sign(new UseEntry(eve.id(), alice.id(), name(), 2), eve))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_id_names_one_key() {
    assertThat(alice.id().fits(alice.publicKey())).isTrue();
    assertThat(alice.id().fits(eve.publicKey())).isFalse();
    assertThat(alice.id().isMeantBy("Alice ")).isTrue();
    assertThat(alice.id().isMeantBy(alice.id().text())).isTrue();
    assertThat(alice.id().isMeantBy("alic")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Alice",
        "-a",
        "a b",
        "a~b",
        "a|b",
        "../a",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void what_is_no_name_makes_no_id(String name) {
    assertThatThrownBy(() -> PeerId.of(name, alice.publicKey()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can't be a peer's name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "a|b",
        "a\u0000b",
        "a\nb",
        "<b>.png",
        "a\"b",
        "a.",
        "a ",
        ".hidden",
        "e\u0301.png",
        "\u202Egnp.exe"
      })
  void what_could_mean_something_in_a_path_or_a_page_is_no_name(String name) {
    assertThatThrownBy(() -> new ResourceName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat.jpg", "a", "Größe 3 (final).png", "猫.webp", "_a-b+c=d@e,f~.gif"})
  void names_that_people_give_are_names(String name) {
    assertThat(new ResourceName(name).text()).isEqualTo(name);
  }

  private static ResourceName name() {
    return new ResourceName("cat.jpg");
  }
}
