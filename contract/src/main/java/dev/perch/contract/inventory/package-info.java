/** What inventory publishes: sites, hosts, and every change of them. */
@NullMarked
package dev.perch.contract.inventory;

import org.jspecify.annotations.NullMarked;
