/** Text as the log can hold it: well-formed Unicode. */
import { z } from 'zod';

export const words = z.string().refine((text) => text.isWellFormed(), { error: 'well-formed Unicode text' });
