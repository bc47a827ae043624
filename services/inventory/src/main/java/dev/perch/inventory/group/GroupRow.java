package dev.perch.inventory.group;

import dev.perch.contract.inventory.Group;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "host_group")
class GroupRow {
  @Id UUID id;
  String name;
  @Nullable String description;
  String selector;
  long version;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  Group toGroup() {
    return new Group(id, name, description, selector, version, createdAt, updatedAt);
  }

  static GroupRow of(Group group) {
    var row = new GroupRow();
    row.id = group.id();
    row.name = group.name();
    row.description = group.description();
    row.selector = group.selector();
    row.version = group.version();
    row.createdAt = group.createdAt();
    row.updatedAt = group.updatedAt();
    return row;
  }
}
