/** Long work, as every service shows it. */
@NullMarked
package dev.perch.contract.operation;

import org.jspecify.annotations.NullMarked;
