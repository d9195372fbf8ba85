/** All of the queue, loaded in one piece where one is named and not before. */
export { requireResultOf } from "./cell_result.ts";
export { queueAddress } from "./queue_address.ts";
export { openQueueCells } from "./queue_cells.ts";
export { serveBoard } from "./queue_board.ts";
export { LOCK_SECONDS, MOST_PRIORITY } from "./queue_terms.ts";
export { s3Place, sharedS3 } from "./shared_s3.ts";
export { serveCells } from "./serve_cells.ts";
export { sharedFolder } from "./shared_files.ts";
