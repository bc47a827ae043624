@NullMarked
package dev.perch.kit.reconcile;

import org.jspecify.annotations.NullMarked;
