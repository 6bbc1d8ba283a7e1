// The viewer component of pdf.js with its form layer on; no toolbar, no side bar, no thumbnails.

import * as pdfjs from "./pdfjs/build/pdf.min.mjs";

globalThis.pdfjsLib = pdfjs;
const { EventBus, PDFLinkService, PDFViewer } = await import("./pdfjs/web/pdf_viewer.mjs");
pdfjs.GlobalWorkerOptions.workerSrc = "./pdfjs/build/pdf.worker.min.mjs";

const eventBus = new EventBus();
const linkService = new PDFLinkService({ eventBus });
const viewer = new PDFViewer({
  container: document.getElementById("container"),
  eventBus,
  linkService,
  annotationMode: pdfjs.AnnotationMode.ENABLE_FORMS,
});
linkService.setViewer(viewer);
eventBus.on("pagesinit", () => (viewer.currentScaleValue = "page-width"));
eventBus.on("pagerendered", ({ pageNumber }) => {
  if (pageNumber === 1) globalThis.firstPageDrawn = performance.now();
});
const pdf = await pdfjs.getDocument({ url: "form.pdf" }).promise;
viewer.setDocument(pdf);
linkService.setDocument(pdf);
