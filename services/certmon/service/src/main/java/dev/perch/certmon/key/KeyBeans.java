package dev.perch.certmon.key;

import dev.perch.kit.seal.Seal;
import dev.perch.kit.seal.SealedColumn;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@Dependent
final class KeyBeans {

  @Produces
  @Singleton
  Keys keys(Seal seal) {
    return new Keys(seal);
  }

  @Produces
  @Singleton
  SealedColumn column() {
    return Keys.COLUMN;
  }
}
