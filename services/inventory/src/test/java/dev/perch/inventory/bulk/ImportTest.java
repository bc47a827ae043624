package dev.perch.inventory.bulk;

import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.web.input.JsonBodies;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class ImportTest {
  private static final String HEADER = "site,name,personality,labels,bmc\n";

  private String site = "";
  private UUID siteId = new UUID(0, 0);

  @BeforeEach
  void aSite() {
    site = unique("pier");
    siteId =
        UUID.fromString(
            asOperator()
                .contentType(ContentType.JSON)
                .body(Map.of("name", site))
                .post("/v1/sites")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
  }

  private static Response importCsv(String query, String csv) {
    return asOperator()
        .contentType("text/csv")
        .body(csv.getBytes(StandardCharsets.UTF_8))
        .post("/v1/hosts/import" + query);
  }

  private List<Map<String, Object>> hosts() {
    return asViewer().get("/v1/hosts?limit=1000&site=" + siteId).path("items");
  }

  private String row(String name) {
    return site + "," + name + ",WORKER,rack=7;zone=a,\n";
  }

  @Test
  void aFileOfHostsIsImportedAndEachIsAnEventOfItsOwn() {
    importCsv("", HEADER + row("a-1") + row("a-2"))
        .then()
        .statusCode(200)
        .body("created", is(2), "rows", is(2), "refused", is(0));

    assertThat(hosts()).hasSize(2);
    assertThat(hosts().getFirst().get("labels")).isEqualTo(Map.of("rack", "7", "zone", "a"));
    UUID first = UUID.fromString((String) hosts().getFirst().get("id"));
    assertThat(Events.await(Catalogue.HOSTS.log().name(), first, 1)).hasSize(1);
  }

  @Test
  void theSameFileAgainChangesNothingAndAnotherChangesWhatDiffers() {
    importCsv("", HEADER + row("b-1") + row("b-2")).then().statusCode(200);

    importCsv("", HEADER + row("b-1") + row("b-2")).then().body("unchanged", is(2));
    importCsv("", HEADER + row("b-1") + site + ",b-2,STORAGE,,https://192.0.2.7\n")
        .then()
        .body("unchanged", is(1), "changed", is(1));

    assertThat(hosts().getLast())
        .containsEntry("personality", "STORAGE")
        .containsEntry("version", 2);
  }

  @Test
  void aDryRunListsEveryBadRowWithAllThatIsWrongAndChangesNothing() {
    String csv =
        HEADER
            + row("c-1")
            + "nowhere,c-2,WORKER,,\n"
            + site
            + ",C 3,DRIVER,rack=a b,https://u:p@192.0.2.7\n"
            + row("c-1");

    importCsv("?dryRun=true", csv)
        .then()
        .statusCode(200)
        .body("dryRun", is(true), "created", is(1), "refused", is(3))
        .body("refusals.row", contains(2, 3, 4))
        .body("refusals[0].violations.code", contains("site.unknown"))
        .body(
            "refusals[1].violations.field",
            hasItems("/name", "/personality", "/labels/rack", "/bmc/address"))
        .body("refusals[2].violations.code", contains("row.repeated"));
    assertThat(hosts()).isEmpty();
  }

  @Test
  void oneBadRowRefusesTheFileUnlessBadRowsAreToBeSkipped() {
    String csv = HEADER + row("d-1") + "nowhere,d-2,WORKER,,\n";

    importCsv("", csv).then().statusCode(400).body("violations.field", contains("/2/site"));
    assertThat(hosts()).isEmpty();
    importCsv("?badRows=skip", csv).then().statusCode(200).body("created", is(1));

    assertThat(hosts()).hasSize(1);
  }

  @Test
  void whatIsExportedMayBeImported() {
    importCsv("", HEADER + row("e-1") + site + ",e-2,STORAGE,,https://192.0.2.7\n")
        .then()
        .statusCode(200);
    String query = "/v1/hosts/export?site=" + siteId;

    String csv =
        asViewer().accept("text/csv").get(query).then().statusCode(200).extract().asString();
    Response json = asViewer().accept(ContentType.JSON).get(query);

    assertThat(csv).startsWith(HEADER).contains("rack=7;zone=a").contains("https://192.0.2.7");
    json.then().statusCode(200).body("", hasSize(2)).body("name", contains("e-1", "e-2"));
    importCsv("", csv).then().body("unchanged", is(2));
    asOperator()
        .contentType(ContentType.JSON)
        .body(json.asString())
        .post("/v1/hosts/import")
        .then()
        .statusCode(200)
        .body("unchanged", is(2));
  }

  @Test
  void labelsSelectWhatIsExported() {
    importCsv("", HEADER + row("f-1") + site + ",f-2,WORKER,rack=8,\n").then().statusCode(200);

    asViewer()
        .accept(ContentType.JSON)
        .queryParam("labels", "rack in (8,9)")
        .get("/v1/hosts/export?site=" + siteId)
        .then()
        .body("name", contains("f-2"));
  }

  @Test
  void tenThousandRowsOfWhichAHundredAreBadAreMoreThanAnyOtherBodyMayHold() {
    String csv =
        HEADER
            + IntStream.rangeClosed(1, 10_000)
                .mapToObj(
                    i ->
                        i % 100 == 0
                            ? "nowhere,g-" + i + ",WORKER,,\n"
                            : row("north-pier.edge-" + i))
                .collect(Collectors.joining());
    assertThat(csv.length()).isGreaterThan(JsonBodies.MOST_BYTES);

    importCsv("?badRows=skip", csv)
        .then()
        .statusCode(200)
        .body("created", is(9_900), "refused", is(100), "refusals", hasSize(100));
  }

  @Test
  void whatIsNoFileOfHostsIsRefused() {
    asOperator()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/v1/hosts/import")
        .then()
        .statusCode(400);
    asOperator()
        .contentType(ContentType.JSON)
        .body("[{")
        .post("/v1/hosts/import")
        .then()
        .statusCode(400);
  }
}
