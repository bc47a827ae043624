/** What operators ask of many hosts: files of them, lists, changes, the past. */
@NullMarked
package dev.perch.bench.hosts;

import org.jspecify.annotations.NullMarked;
