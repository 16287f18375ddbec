/* Keeps the check-in page on the phone, so that a code can be scanned without a network. It keeps nothing personal. */
"use strict";
var NAME = "sotay-checkin-1";
var FILES = ["shell", "../static/checkin.js", "../static/checkin.css"];

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(NAME).then(function (cache) { return cache.addAll(FILES); }).then(function () { return self.skipWaiting(); }));
});
self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name.startsWith("sotay-checkin") && name !== NAME; }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});
self.addEventListener("fetch", function (event) {
  if (event.request.method !== "GET") return;
  var kept = event.request.mode === "navigate" ? new URL("shell", self.registration.scope).href : event.request;
  event.respondWith(fetch(event.request).catch(function () {
    return caches.match(kept).then(function (found) { return found || Response.error(); });
  }));
});
