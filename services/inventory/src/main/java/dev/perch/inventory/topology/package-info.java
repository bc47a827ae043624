/** Who is connected with whom, as hosts learn it by LLDP. */
@NullMarked
package dev.perch.inventory.topology;

import org.jspecify.annotations.NullMarked;
