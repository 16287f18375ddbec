/* The projector's page: the code of every 30 seconds, worked out and drawn here, so that it goes on without a network.
   HMAC-SHA-256 as in bot/flows/room/codes.py. QR (ISO/IEC 18004): bytes, error correction M, versions 1 to 9, mask 0. */
"use strict";
(function () {
  var EC = [10, 16, 26, 18, 24, 16, 18, 22, 22];
  var BLOCKS = [[16], [28], [44], [32, 32], [43, 43], [27, 27, 27, 27], [31, 31, 31, 31], [38, 38, 39, 39], [36, 36, 36, 37, 37]];
  var ALIGN = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46]];
  var EXP = [], LOG = [];
  for (var i = 0, x = 1; i < 255; i++) { EXP[i] = x; LOG[x] = i; x = x << 1 ^ (x & 128 ? 285 : 0); }

  function times(a, b) { return a && b ? EXP[(LOG[a] + LOG[b]) % 255] : 0; }

  function generator(degree) {
    var poly = [1];
    for (var i = 0; i < degree; i++) {
      var next = poly.concat(0);
      for (var j = 0; j < poly.length; j++) next[j + 1] ^= times(poly[j], EXP[i]);
      poly = next;
    }
    return poly;
  }

  function correction(data, degree) {
    var poly = generator(degree), rest = data.concat(new Array(degree).fill(0));
    for (var i = 0; i < data.length; i++)
      for (var j = 1, lead = rest[i]; lead && j <= degree; j++) rest[i + j] ^= times(poly[j], lead);
    return rest.slice(data.length);
  }

  function sum(list) { return list.reduce(function (a, b) { return a + b; }, 0); }

  function codewords(text, version) {
    var bytes = Array.from(new TextEncoder().encode(text)), total = sum(BLOCKS[version - 1]);
    var bits = [0, 1, 0, 0];
    function push(value, width) { for (var i = width - 1; i >= 0; i--) bits.push(value >> i & 1); }
    push(bytes.length, 8);
    bytes.forEach(function (each) { push(each, 8); });
    for (var i = 0; i < 4 && bits.length < total * 8; i++) bits.push(0);
    while (bits.length % 8) bits.push(0);
    var data = [];
    for (i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(""), 2));
    for (var pad = 236; data.length < total; pad = pad === 236 ? 17 : 236) data.push(pad);
    return interleaved(data, version);
  }

  function interleaved(data, version) {
    var at = 0, all = [], blocks = BLOCKS[version - 1].map(function (size) { at += size; return data.slice(at - size, at); });
    var extra = blocks.map(function (block) { return correction(block, EC[version - 1]); });
    [blocks, extra].forEach(function (group) {
      for (var i = 0; i < 60; i++) group.forEach(function (block) { if (i < block.length) all.push(block[i]); });
    });
    return all;
  }

  function matrix(text) {
    var length = new TextEncoder().encode(text).length, version = 1;
    while (version <= 9 && sum(BLOCKS[version - 1]) < length + 2) version++;
    if (version > 9) throw new Error("too long");
    var size = 17 + 4 * version, cells = [], fixed = [];
    for (var i = 0; i < size; i++) { cells.push(new Array(size).fill(0)); fixed.push(new Array(size).fill(false)); }
    function set(row, column, dark) {
      if (row < 0 || column < 0 || row >= size || column >= size) return;
      cells[row][column] = dark ? 1 : 0; fixed[row][column] = true;
    }
    function square(row, column, reach) {
      for (var r = -reach; r <= reach; r++) for (var c = -reach; c <= reach; c++) {
        var ring = Math.max(Math.abs(r), Math.abs(c));
        set(row + r, column + c, reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
      }
    }
    for (i = 0; i < size; i++) { set(6, i, i % 2 === 0); set(i, 6, i % 2 === 0); }
    square(3, 3, 4); square(3, size - 4, 4); square(size - 4, 3, 4);
    ALIGN[version - 1].forEach(function (row) {
      ALIGN[version - 1].forEach(function (column) {
        var corner = row === 6 && column === 6 || row === 6 && column === size - 7 || row === size - 7 && column === 6;
        if (!corner) square(row, column, 2);
      });
    });
    format(set, size); if (version > 6) versions(set, size, version);
    fill(cells, fixed, size, codewords(text, version));
    return cells;
  }

  function format(set, size) {  /* level M, mask 0 */
    for (var i = 0; i < 15; i++) {
      var dark = 0x5412 >> i & 1;
      if (i < 6) set(i, 8, dark); else if (i < 8) set(i + 1, 8, dark); else set(size - 15 + i, 8, dark);
      if (i < 8) set(8, size - 1 - i, dark); else if (i === 8) set(8, 7, dark); else set(8, 14 - i, dark);
    }
    set(size - 8, 8, 1);
  }

  function versions(set, size, version) {
    for (var i = 0, rest = version; i < 12; i++) rest = rest << 1 ^ (rest >> 11) * 0x1f25;
    for (var bits = version << 12 | rest, j = 0; j < 18; j++) {
      var near = Math.floor(j / 3), far = size - 11 + j % 3;
      set(near, far, bits >> j & 1); set(far, near, bits >> j & 1);
    }
  }

  function fill(cells, fixed, size, words) {
    var at = 0, up = true;
    for (var right = size - 1; right > 0; right -= 2, up = !up) {
      if (right === 6) right = 5;
      for (var n = 0; n < size; n++) for (var c = right; c > right - 2; c--) {
        var row = up ? size - 1 - n : n;
        if (fixed[row][c]) continue;
        var bit = at < words.length * 8 ? words[at >> 3] >> 7 - (at & 7) & 1 : 0;
        cells[row][c] = bit ^ ((row + c) % 2 === 0 ? 1 : 0); at++;
      }
    }
  }

  function draw(svg, cells) {
    var path = "", size = cells.length;
    cells.forEach(function (row, r) {
      row.forEach(function (dark, c) { if (dark) path += "M" + (c + 4) + " " + (r + 4) + "h1v1h-1z"; });
    });
    svg.setAttribute("viewBox", "0 0 " + (size + 8) + " " + (size + 8));
    svg.replaceChildren();
    [["M0 0h" + (size + 8) + "v" + (size + 8) + "H0z", "#fff"], [path, "#000"]].forEach(function (each) {
      var shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
      shape.setAttribute("d", each[0]); shape.setAttribute("fill", each[1]); svg.appendChild(shape);
    });
  }

  window.sotayQr = matrix;
  var board = document.getElementById("board");
  if (!board) return;
  var STEP = 30000, ahead = Number(board.dataset.now) - Date.now(), shown = -1, key = null;

  function hex(bytes) { return bytes.map(function (b) { return ("0" + b.toString(16)).slice(-2); }).join(""); }

  async function show(step) {
    var digest = Array.from(new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(String(step)))));
    var last = digest.slice(-4).reduce(function (a, b) { return a * 256 + b; }, 0);
    var code = ("00000" + last % 1000000).slice(-6);
    document.getElementById("code").textContent = code.slice(0, 3) + " " + code.slice(3);
    draw(document.getElementById("qr"), matrix(board.dataset.base + board.dataset.meeting + "-" + step + "-" + hex(digest.slice(0, 8))));
  }

  function tick() {
    var now = Date.now() + ahead, step = Math.floor(now / STEP);
    document.getElementById("left").value = 30 - Math.floor(now % STEP / 1000);
    if (step !== shown) { shown = step; show(step); }
  }

  async function count() {
    try {
      var answer = await fetch(board.dataset.count, { cache: "no-store" });
      if (!answer.ok) return;
      var found = await answer.json();
      ahead = found.now - Date.now();
      document.getElementById("here").textContent = found.text;
      document.getElementById("offline").hidden = true;
    } catch (error) { document.getElementById("offline").hidden = false; }
  }

  if (!window.crypto || !crypto.subtle) { setTimeout(function () { location.reload(); }, 15000); return; }
  var raw = new Uint8Array(board.dataset.key.match(/../g).map(function (pair) { return parseInt(pair, 16); }));
  crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]).then(function (made) {
    key = made; tick(); count(); setInterval(tick, 500); setInterval(count, 10000);
  });
})();
