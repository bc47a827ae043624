package dev.perch.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.contract.alarm.AlarmCatalogue;
import dev.perch.contract.alarm.AlarmType;
import dev.perch.contract.host.Aspect;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CataloguesTest {
  private static final String KEBAB_CASE = "[a-z]+(-[a-z]+)*";

  /** ITU-T X.721 ProbableCause, and X.736 SecurityAlarmCause from {@code duplicateInformation}. */
  private static final Set<String> PROBABLE_CAUSES =
      Set.of(
          """
          adapterError applicationSubsystemFailure bandwidthReduced callEstablishmentError
          communicationsProtocolError communicationsSubsystemFailure
          configurationOrCustomizationError congestion corruptData cpuCyclesLimitExceeded
          dataSetOrModemError degradedSignal dTE-DCEInterfaceError enclosureDoorOpen
          equipmentMalfunction excessiveVibration fileError fireDetected floodDetected framingError
          heatingOrVentilationOrCoolingSystemProblem humidityUnacceptable inputOutputDeviceError
          inputDeviceError lANError leakDetected localNodeTransmissionError lossOfFrame lossOfSignal
          materialSupplyExhausted multiplexerProblem outOfMemory ouputDeviceError
          performanceDegraded powerProblem pressureUnacceptable processorProblem pumpFailure
          queueSizeExceeded receiveFailure receiverFailure remoteNodeTransmissionError
          resourceAtOrNearingCapacity responseTimeExcessive retransmissionRateExcessive
          softwareError softwareProgramAbnormallyTerminated softwareProgramError
          storageCapacityProblem temperatureUnacceptable thresholdCrossed timingProblem
          toxicLeakDetected transmitFailure transmitterFailure underlyingResourceUnavailable
          versionMismatch
          duplicateInformation informationMissing informationModificationDetected
          informationOutOfSequence unexpectedInformation denialOfService outOfService
          proceduralError unspecifiedReason authenticationFailure breachOfConfidentiality
          nonRepudiationFailure unauthorizedAccessAttempt delayedInformation keyExpired
          outOfHoursActivity\
          """
              .split("\\s+"));

  static List<AlarmType> alarmTypes() {
    return AlarmCatalogue.types();
  }

  @ParameterizedTest
  @MethodSource("alarmTypes")
  void anAlarmTypeSaysWhatIsWrongWhatToDoAndWhenItGoes(AlarmType type) {
    assertThat(type.id()).matches(KEBAB_CASE);
    assertThat(type.probableCause()).isIn(PROBABLE_CAUSES);
    assertThat(List.of(type.entity(), type.text(), type.proposedRepair(), type.clearsWhen()))
        .allSatisfy(words -> assertThat(words).isNotBlank());
  }

  @Test
  void alarmTypesAreFoundByIdAndAnUnknownOneIsAFault() {
    assertThat(AlarmCatalogue.types()).extracting(AlarmType::id).doesNotHaveDuplicates();
    assertThat(AlarmCatalogue.require("relay-stuck").probableCause())
        .isEqualTo("communicationsSubsystemFailure");
    assertThat(AlarmCatalogue.find("no-such-alarm")).isEmpty();
    assertThatThrownBy(() -> AlarmCatalogue.require("no-such-alarm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-alarm");
  }

  @Test
  void everyAspectHasOneOwnerAmongTheServices() {
    assertThat(Aspect.all())
        .allSatisfy(aspect -> assertThat(aspect.service()).isIn(Catalogue.SERVICES))
        .allSatisfy(aspect -> assertThat(aspect.name()).matches(KEBAB_CASE))
        .extracting(Aspect::name)
        .doesNotHaveDuplicates();
    assertThat(Aspect.find("link").map(Aspect::service)).contains("inventory");
    assertThat(Aspect.find("no-such-aspect")).isEmpty();
  }

  @Test
  void anInstanceBelongsToItsAspectsOwner() {
    assertThat(Aspect.find("certificates.0199a2b3-7C").map(Aspect::name)).contains("certificates");
    assertThat(Aspect.find("no-such-aspect.web")).isEmpty();
    assertThat(Aspect.isInstance("certificates.web")).isTrue();
    assertThat(Aspect.isInstance("certificates")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "certificates.",
        ".web",
        "certificates.a.b",
        "certificates.a/b",
        "certificates.ü",
        "Certificates",
        "certificates.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void whatIsNoNameIsNoAspect(String name) {
    assertThat(Aspect.find(name)).isEmpty();
    assertThat(Aspect.isName(name)).isFalse();
  }

  @Test
  void topicsHaveOneNameEachAndTwelvePartitionsForEver() {
    assertThat(Catalogue.topics()).extracting(Topic::name).doesNotHaveDuplicates();
    assertThat(Catalogue.topics()).extracting(Topic::partitions).containsOnly(12);
    assertThat(Catalogue.topics())
        .contains(Catalogue.HOSTS.state(), Catalogue.ALARMS.log(), Catalogue.hostDesired("tsn"));
  }

  @Test
  void aStateTopicIsCompactedAndKeepsTombstonesForThirtyDays() {
    assertThat(Catalogue.HOSTS.state().config())
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("delete.retention.ms", "2592000000")
        .containsEntry("max.compaction.lag.ms", "86400000");
  }

  @Test
  void aLogIsKeptForThirtyDaysAndTenGibibytes() {
    assertThat(Catalogue.HOSTS.log().config())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "2592000000")
        .containsEntry("retention.bytes", "10737418240");
  }
}
