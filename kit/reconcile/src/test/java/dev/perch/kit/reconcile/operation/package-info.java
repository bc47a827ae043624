@NullMarked
package dev.perch.kit.reconcile.operation;

import org.jspecify.annotations.NullMarked;
