/**
 * Long work: a resource with steps and progress that survives the death of whoever works on it, can
 * be cancelled, and undoes what it did when it cannot be finished.
 */
@NullMarked
package dev.perch.kit.reconcile.operation;

import org.jspecify.annotations.NullMarked;
