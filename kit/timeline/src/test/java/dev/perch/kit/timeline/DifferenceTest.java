package dev.perch.kit.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void namesOnlyWhatDiffersAndShowsBothSides() throws Exception {
    var d =
        Difference.between(
            json("{'name':'a','labels':{'rack':'1','row':'x'},'version':1}"),
            json("{'name':'a','labels':{'rack':'2','row':'x'},'version':2}"));

    assertThat(d.changed()).containsExactly("/labels/rack");
    assertThat(d.before()).isEqualTo(json("{'labels':{'rack':'1'}}"));
    assertThat(d.after()).isEqualTo(json("{'labels':{'rack':'2'}}"));
  }

  @Test
  void anAddedMemberIsAbsentBeforeAndARemovedOneAfter() throws Exception {
    var d = Difference.between(json("{'bmc':{'address':'x'}}"), json("{'labels':{'a':'b'}}"));

    assertThat(d.changed()).containsExactly("/bmc", "/labels");
    assertThat(d.before()).isEqualTo(json("{'bmc':{'address':'x'}}"));
    assertThat(d.after()).isEqualTo(json("{'labels':{'a':'b'}}"));
  }

  @Test
  void namesWithSlashesAreEscapedAsPointersAre() throws Exception {
    var d =
        Difference.between(
            json("{'labels':{'perch.dev/rack~1':'1'}}"),
            json("{'labels':{'perch.dev/rack~1':'2'}}"));

    assertThat(d.changed()).containsExactly("/labels/perch.dev~1rack~01");
  }

  @Test
  void equalDocumentsDifferInNothing() throws Exception {
    JsonNode same = json("{'labels':{'a':'b'}}");

    assertThat(Difference.between(same, same).changed()).isEmpty();
  }

  private static JsonNode json(String singleQuoted) throws Exception {
    return JSON.readTree(singleQuoted.replace('\'', '"'));
  }
}
