import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refused } from '../values/outcome.ts';
import { fileTypeOf } from './file-type.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const told = (content: Uint8Array, name: string, entries: string[] | null = null): string => {
  const found = fileTypeOf(content, name, entries);
  return found instanceof Refused ? found.reason : found.type;
};

test('a file is what its content says, under a name that says the same', () => {
  assert.equal(told(bytes('%PDF-1.7\n'), 'Prices.PDF'), 'application/pdf');
  assert.equal(told(bytes('\x89PNG\r\n\x1a\n\0'), 'logo.png'), 'image/png');
  assert.equal(told(bytes('\0\0\0 ftypisom'), 'demo.mp4'), 'video/mp4');
  assert.equal(told(bytes('RIFF\0\0\0\0WEBPVP8 '), 'a.webp'), 'image/webp');
  assert.equal(
    told(bytes('PK'), 'deck.pptx', ['[Content_Types].xml', '_rels/.rels', 'ppt/presentation.xml']),
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  );
  assert.equal(told(bytes('PK'), 'deck.odp', ['mimetype', 'content.xml']), 'application/vnd.oasis.opendocument.presentation');
  assert.equal(told(bytes('name,price\nA,1\n'), 'prices.csv'), 'application/octet-stream');
});

test('pages and drawings are bytes and nothing more, whatever they are called', () => {
  for (const [content, name] of [
    ['<!doctype html><script>alert(1)</script>', 'page.html'],
    ['\n  <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'drawing.svg'],
    ['<?xml version="1.0"?><svg/>', 'drawing.svg'],
  ] as const)
    assert.equal(told(bytes(content), name), 'application/octet-stream');
  assert.match(told(bytes('<html><script>alert(1)</script>'), 'notes.txt'), /is an HTML page by its content/);
  assert.match(told(bytes('<svg onload=alert(1)>'), 'logo.png'), /is an SVG drawing/);
});

test('a name that says something else, programs, macros, old Office files, zips and the unknown are refused with what would do', () => {
  assert.match(told(bytes('%PDF-1.7'), 'deck.pptx'), /is a PDF by its content: a name that ends in \.pdf would do/);
  assert.match(told(bytes('%PDF-1.7'), 'noending'), /ends in \.pdf/);
  for (const program of ['MZ\x90', '\x7fELF', '#!/bin/sh', '\xca\xfe\xba\xbe']) assert.match(told(bytes(program), 'a.pdf'), /is a program/);
  assert.match(told(bytes('PK'), 'a.docx', ['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin']), /macros/);
  assert.match(told(bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'a.doc'), /old Office/);
  assert.match(told(bytes('PK'), 'a.zip', ['a.txt']), /is a zip/);
  assert.match(told(bytes('PK'), 'a.docx', ['word/document.xml']), /is a zip/);
  assert.match(told(bytes('\0\x01\x02'), 'a.bin'), /not kept here/);
  assert.match(told(bytes('alert(1)'), 'a.js'), /is text by its content/);
  assert.match(told(bytes(''), 'a.txt'), /not kept here/);
});
