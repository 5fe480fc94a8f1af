// Copies the request that a recipe compiles to, in one of four languages.
import type { LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ClipTask } from '@shared/domain/clip';
import { compileRequest, inlinePlaceholder } from '@shared/domain/compile';
import { modelIdFor, PRESETS } from '@shared/domain/connection';
import type { Recipe } from '@shared/domain/draft';
import { findModel } from '@shared/domain/models';
import { createExample, EXAMPLE_LANGUAGES } from '@shared/domain/requestExamples';
import { copyText } from '../../client/clipboard';
import { MenuItem } from '../../components/menu/Menu';
import { attempt, useNotices } from '../../stores/noticesStore';
import { LANGUAGE_NAMES } from './languageNames';

interface CopyRequestItemsProps {
  readonly icon: LucideIcon;
  readonly recipe: Recipe;
  readonly task: Pick<ClipTask, 'baseUrl'> | null;
}

export function CopyRequestItems({ icon, recipe, task }: CopyRequestItemsProps) {
  const { t } = useTranslation();
  const baseUrl = task?.baseUrl ?? PRESETS.volcengine.baseUrl;
  const spec = findModel(recipe.model);
  const preset = baseUrl === PRESETS.byteplus.baseUrl ? 'byteplus' : 'custom';
  const modelId = spec === undefined ? recipe.model : modelIdFor(preset, spec);
  return EXAMPLE_LANGUAGES.map((language) => (
    <MenuItem
      key={language}
      icon={icon}
      label={`${t('actions.copyRequest')}: ${LANGUAGE_NAMES[language]}`}
      onSelect={() =>
        void attempt(async () => {
          await copyText(
            createExample(language, baseUrl, compileRequest(recipe, inlinePlaceholder, modelId)),
          );
          useNotices.getState().tell(t('common.copied'));
        })
      }
    />
  ));
}
